// Runs before the page, in any browser however old: so it is written for the oldest. A browser that
// cannot show the page is told so, in words, in the place of it.
(() => {
  var knows =
    "noModule" in document.createElement("script") &&
    typeof Promise === "function" &&
    typeof CSS !== "undefined" &&
    typeof CSS.supports === "function" &&
    CSS.supports("color", "light-dark(#fff, #000)") &&
    CSS.supports("selector(:has(a))") &&
    typeof Array.prototype.toReversed === "function" &&
    typeof HTMLDialogElement === "function";
  if (knows) return;
  var text =
    "This browser is too old for Agent Tracer's page. It needs Chrome or Edge 123, Firefox 121 or " +
    "Safari 17.5, or a newer one. Your agents are recorded all the same.";
  var message = document.createElement("p");
  message.id = "old-browser";
  message.appendChild(document.createTextNode(text));
  var root = document.getElementById("root");
  root.parentNode.replaceChild(message, root);
})();
