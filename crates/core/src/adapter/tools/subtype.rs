/// A sort of call, in the contract's semantic metadata.
pub(in crate::adapter) struct Subtype {
    pub(super) key: &'static str,
    pub(super) label: &'static str,
    pub(super) group: &'static str,
    pub(super) family: &'static str,
    pub(super) operation: &'static str,
}

macro_rules! subtypes {
    ($($name:ident = $key:literal, $label:literal, $group:literal, $family:literal, $operation:literal;)+) => {
        $(pub(super) const $name: Subtype = Subtype {
            key: $key, label: $label, group: $group, family: $family, operation: $operation,
        };)+
    };
}

subtypes! {
    READ_FILE = "read_file", "Read file", "files", "explore", "read";
    GLOB_FILES = "glob_files", "Find files", "search", "explore", "search";
    GREP_CODE = "grep_code", "Search text", "search", "explore", "search";
    LIST_FILES = "list_files", "List files", "files", "explore", "list";
    WEB_SEARCH = "web_search", "Web search", "web", "explore", "search";
    WEB_FETCH = "web_fetch", "Web fetch", "web", "explore", "fetch";
    CREATE_FILE = "create_file", "Write file", "file_ops", "file", "create";
    MODIFY_FILE = "modify_file", "Edit file", "file_ops", "file", "modify";
    DELETE_FILE = "delete_file", "Delete file", "file_ops", "file", "delete";
    RENAME_FILE = "rename_file", "Rename file", "file_ops", "file", "rename";
    APPLY_PATCH = "apply_patch", "Apply patch", "file_ops", "file", "patch";
    SHELL_PROBE = "shell_probe", "Look at a shell", "shell", "terminal", "probe";
    RUN_COMMAND = "run_command", "Run command", "execution", "terminal", "execute";
    RUN_TEST = "run_test", "Run tests", "execution", "terminal", "test";
    RUN_BUILD = "run_build", "Run build", "execution", "terminal", "build";
    RUN_LINT = "run_lint", "Run linter", "execution", "terminal", "lint";
    MCP_CALL = "mcp_call", "MCP call", "coordination", "coordination", "invoke";
    SKILL_USE = "skill_use", "Skill use", "coordination", "coordination", "invoke";
    DELEGATION = "delegation", "Delegation", "coordination", "coordination", "delegate";
}
