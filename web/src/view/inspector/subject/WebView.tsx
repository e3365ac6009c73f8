import { detailsOf } from "../../../event/details";
import { plain, plainLine } from "../../../format/plain";
import type { WebLookup } from "../../../subject/web";
import { useInspected } from "../inspected";
import { Block } from "../text/Block";
import { CopyButton } from "../text/CopyButton";
import { MessageBlock } from "../text/MessageBlock";
import { OutsideLink } from "../text/OutsideLink";
import { ErrorBlock } from "./ErrorBlock";

/** What the agent looked up on the web, and what came back. */
export function WebView({ query, url, prompt, answer }: WebLookup) {
  const { error } = detailsOf(useInspected().event);
  const asked = query ?? url ?? "";
  return (
    <>
      <Block
        name={query === undefined ? "Page" : "Search"}
        tools={
          asked !== "" && (
            <CopyButton what={query === undefined ? "address" : "query"} text={asked} />
          )
        }
      >
        {query !== undefined && <p className="quoted">{plain(query)}</p>}
        {url !== undefined && (
          <p className="address">
            <OutsideLink href={url} says={url}>
              {plainLine(url, 500)}
            </OutsideLink>
          </p>
        )}
        {prompt !== undefined && <p className="quoted">{plain(prompt)}</p>}
      </Block>
      {error !== undefined && <ErrorBlock error={error} />}
      {answer !== undefined && <MessageBlock name="Answer" text={answer} field="output" />}
    </>
  );
}
