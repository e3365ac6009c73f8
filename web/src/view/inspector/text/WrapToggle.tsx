import { IconButton } from "../../common/IconButton";
import { useWrap } from "./wrap";

export function WrapToggle() {
  const [on, toggle] = useWrap();
  return <IconButton icon="wrap" label="Break long lines" pressed={on} onClick={toggle} />;
}
