//! What the fields of agents' payloads hold, by their names in small letters and without signs.

/// Prompts, and what repeats them.
const PROMPTS: &[&str] = &[
    "prompt",
    "initialprompt",
    "userprompt",
    "inputmessages",
    "custominstructions",
    "commandargs",
    "sessiontitle",
    "title",
];
/// Whole conversations: prompts and output.
const TALKS: &[&str] = &[
    "llmrequest",
    "llmresponse",
    "messages",
    "parts",
    "text",
    "delta",
    "compactsummary",
    "summary",
    "answers",
    "systeminstruction",
    "systeminstructions",
];
/// What tools said, and the files in what they were given.
const OUTPUTS: &[&str] = &[
    "toolresponse",
    "toolresult",
    "toolresults",
    "output",
    "outputs",
    "stdout",
    "stderr",
    "error",
    "errordetails",
    "result",
    "results",
    "returndisplay",
    "llmcontent",
    "textresultforllm",
    "content",
    "contents",
    "oldstring",
    "newstring",
    "oldstr",
    "newstr",
    "originalfile",
    "structuredpatch",
    "filetext",
    "inserttext",
    "newsource",
    "patch",
    "diff",
    "filediff",
    "edits",
    "preview",
    "attachments",
];
/// The agent's own words, which are neither.
const SPEECH: &[&str] = &[
    "lastassistantmessage",
    "promptresponse",
    "message",
    "description",
    "subject",
    "tasksubject",
    "taskdescription",
    "activeform",
    "question",
    "header",
    "label",
    "todos",
    "plan",
    "reason",
];
/// What places an event, whatever it holds.
const PLACES: &[&str] = &[
    "cwd",
    "oldcwd",
    "newcwd",
    "transcriptpath",
    "agenttranscriptpath",
    "filepath",
    "path",
    "absolutepath",
    "notebookpath",
    "dirpath",
    "directory",
    "worktreepath",
    "file",
    "files",
    "filenames",
    "url",
    "pattern",
    "glob",
    "query",
    "name",
];
/// One-word fields that stay even within what is not kept: whose words they are, what became of it.
const OUTCOMES: &[&str] = &[
    "model",
    "modelid",
    "providerid",
    "role",
    "finishreason",
    "type",
    "status",
    "resulttype",
    "agentid",
    "filepath",
    "taskid",
    "shellid",
    "id",
    "sessionid",
    "callid",
    "messageid",
];

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Prompt,
    Talk,
    Output,
    Speech,
    Place,
    Command,
    Unknown,
}

/// What a field within another holds: in an output everything is output, in a conversation
/// everything is said.
pub(super) fn within(around: Holds, own: Holds) -> Holds {
    match around {
        Holds::Prompt | Holds::Talk | Holds::Output | Holds::Speech => around,
        Holds::Place | Holds::Command | Holds::Unknown => own,
    }
}

pub(super) fn holds(key: &str) -> Holds {
    let key = letters(key);
    let has = |fields: &[&str]| fields.contains(&key.as_str());
    match () {
        () if key == "command" => Holds::Command,
        () if has(PROMPTS) => Holds::Prompt,
        () if has(TALKS) => Holds::Talk,
        () if has(OUTPUTS) => Holds::Output,
        () if has(SPEECH) => Holds::Speech,
        () if has(PLACES) => Holds::Place,
        () => Holds::Unknown,
    }
}

/// A name without what agents write differently: `toolInput`, `tool_input`, `tool-input`.
fn letters(key: &str) -> String {
    let letters = key.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Whether a field says in a word what became of a call, or whose words they are.
pub(super) fn is_outcome(key: &str) -> bool {
    OUTCOMES.contains(&letters(key).as_str())
}
