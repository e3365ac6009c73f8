import { TextBlock } from "../text/TextBlock";

export function ErrorBlock({ error }: { error: string }) {
  return <TextBlock name="Error" text={error} field="error" tone="bad" />;
}
