import { useMemo } from "react";
import { subjectOf } from "../../../subject/subject";
import { useInspected } from "../inspected";
import { MessageBlock } from "../text/MessageBlock";
import { ChangeView } from "./ChangeView";
import { DelegationView } from "./DelegationView";
import { GapView } from "./GapView";
import { McpView } from "./McpView";
import { OtherView } from "./OtherView";
import { PermissionView } from "./PermissionView";
import { QuestionView } from "./QuestionView";
import { ReadingView } from "./ReadingView";
import { SearchView } from "./SearchView";
import { TerminalView } from "./TerminalView";
import { TodosView } from "./TodosView";
import { WebView } from "./WebView";

/** The event as what it is. */
export function SubjectView() {
  const { event } = useInspected();
  const subject = useMemo(() => subjectOf(event), [event]);
  switch (subject.kind) {
    case "terminal":
      return <TerminalView {...subject} />;
    case "change":
      return <ChangeView {...subject} />;
    case "reading":
      return <ReadingView {...subject} />;
    case "search":
      return <SearchView {...subject} />;
    case "web":
      return <WebView {...subject} />;
    case "mcp":
      return <McpView {...subject} />;
    case "question":
      return <QuestionView {...subject} />;
    case "permission":
      return <PermissionView {...subject} />;
    case "todos":
      return <TodosView {...subject} />;
    case "delegation":
      return <DelegationView {...subject} />;
    case "gap":
      return <GapView {...subject} />;
    case "message":
      return <MessageBlock name="Text" text={subject.text} field={subject.field} />;
    default:
      return <OtherView />;
  }
}
