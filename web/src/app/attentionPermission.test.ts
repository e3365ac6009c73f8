import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lookAtNotifications, notifications, switchNotifications } from "./attentionPermission";

/** A browser that answers its person's permission as given. */
function browser(permission: NotificationPermission, answer: NotificationPermission = permission) {
  const notification = {
    permission,
    requestPermission: vi.fn(async () => {
      notification.permission = answer;
      return answer;
    }),
  };
  vi.stubGlobal("Notification", notification);
  vi.stubGlobal("isSecureContext", true);
  lookAtNotifications();
  return notification;
}

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

test("the browser is asked only when a person wants it", async () => {
  const { requestPermission } = browser("default", "granted");
  expect(notifications.get()).toBe("off");
  expect(requestPermission).not.toHaveBeenCalled();
  await switchNotifications(true);
  expect([notifications.get(), requestPermission.mock.calls.length]).toEqual(["on", 1]);
  await switchNotifications(false);
  expect(notifications.get()).toBe("off");
});

test("a browser that blocks them says so, and one that was not answered is off", async () => {
  browser("default", "denied");
  await switchNotifications(true);
  expect(notifications.get()).toBe("blocked");
  browser("default");
  await switchNotifications(true);
  expect(notifications.get()).toBe("off");
});

test("a permission that somebody gave before is no wish for it", () => {
  browser("granted");
  expect(notifications.get()).toBe("off");
});

test("on a plain address there are none", async () => {
  browser("granted");
  vi.stubGlobal("isSecureContext", false);
  await switchNotifications(true);
  expect(notifications.get()).toBe("unavailable");
});
