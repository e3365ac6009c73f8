-- Times are milliseconds since 1970. `seq` is the number of the commit that last changed the row.
-- References are kept by the one writer, which reads before it writes, not by SQLite: checking
-- them again on each insert would cost a look-up per event.

CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
-- The number of the last commit; the newest removal that was let go of; the newest removals of a
-- task, and of a bookmark or an evaluation; how many answers of models were dropped.
INSERT INTO meta VALUES ('seq', 0), ('horizon', 0), ('task_removed', 0), ('bookmark_removed', 0),
  ('usage_dropped', 0);

-- The name of this history of commits: one row.
CREATE TABLE history (epoch TEXT NOT NULL);

CREATE TABLE tasks (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  slug TEXT NOT NULL,
  status TEXT NOT NULL,
  task_kind TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  last_activity_at INTEGER NOT NULL,
  display_title TEXT NOT NULL,
  workspace_path TEXT,
  parent_task_id TEXT,
  parent_session_id TEXT,
  background_task_id TEXT,
  last_session_started_at INTEGER,
  runtime_source TEXT,
  activity TEXT,
  usage TEXT,
  candidates TEXT NOT NULL,
  figures TEXT NOT NULL,
  seq INTEGER NOT NULL,
  -- The commit that brought it back from the trash, if one did.
  restored_seq INTEGER
);
CREATE INDEX tasks_by_activity ON tasks (last_activity_at DESC, id DESC);
CREATE INDEX tasks_by_parent ON tasks (parent_task_id) WHERE parent_task_id IS NOT NULL;
CREATE INDEX tasks_waiting ON tasks (last_activity_at DESC, id DESC) WHERE status = 'waiting';
CREATE INDEX tasks_watched ON tasks (id) WHERE status = 'running' AND activity IS NOT NULL;
CREATE INDEX tasks_by_seq ON tasks (seq);
CREATE INDEX tasks_finished ON tasks (id) WHERE status IN ('completed', 'errored');

-- Deleted tasks. Their sessions, events, bindings, marks and usage stay where they are, and nobody
-- finds them there. `kept` is what would be restored (see TrashedTask in the core); without it the
-- trash was emptied of the task, and its rows are being removed.
CREATE TABLE trash (
  task_id TEXT PRIMARY KEY,
  deleted_at INTEGER NOT NULL,
  display_title TEXT NOT NULL,
  parent_task_id TEXT,
  kept TEXT
);
CREATE INDEX trash_by_time ON trash (deleted_at, task_id) WHERE kept IS NOT NULL;
CREATE INDEX trash_by_parent ON trash (parent_task_id) WHERE parent_task_id IS NOT NULL;
CREATE INDEX trash_emptied ON trash (task_id) WHERE kept IS NULL;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  task_id TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  summary TEXT,
  ended_at INTEGER,
  events INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  last_phase TEXT,
  announced INTEGER NOT NULL,
  seq INTEGER NOT NULL
);
CREATE INDEX sessions_by_task ON sessions (task_id, started_at);
CREATE INDEX sessions_running ON sessions (task_id, started_at) WHERE status = 'running';

CREATE TABLE events (
  -- The commit that made it, times 65,536, and its place among the new events of that commit.
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  task_id TEXT NOT NULL,
  session_id TEXT,
  kind TEXT NOT NULL,
  lane TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT,
  metadata TEXT NOT NULL,
  classification TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  linked INTEGER NOT NULL,
  seq INTEGER NOT NULL
);
CREATE INDEX events_by_task ON events (task_id, created_at);
-- Events that a later commit changed. New ones are found by their position.
CREATE INDEX events_changed ON events (task_id, seq) WHERE seq > (position >> 16);

-- What hooks sent, without secrets, compressed (zstd). `seq` is the commit it came to: the events
-- that are new in that commit are those whose position begins with it.
CREATE TABLE payloads (
  seq INTEGER PRIMARY KEY,
  received_at INTEGER NOT NULL,
  hook_event TEXT NOT NULL,
  compressed BLOB NOT NULL
);
-- The events that a payload changed, by their positions.
CREATE TABLE payload_changes (
  position INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (position, seq)
) WITHOUT ROWID;

CREATE TABLE bookmarks (
  id TEXT PRIMARY KEY,
  task_id TEXT NOT NULL,
  event_id TEXT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  note TEXT,
  metadata TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  seq INTEGER NOT NULL
);
CREATE UNIQUE INDEX bookmarks_by_place ON bookmarks (task_id, ifnull(event_id, ''));
CREATE INDEX bookmarks_by_seq ON bookmarks (seq);

CREATE TABLE evaluations (
  task_id TEXT PRIMARY KEY,
  rating TEXT NOT NULL,
  use_case TEXT,
  workflow_tags TEXT NOT NULL,
  outcome_note TEXT,
  approach_note TEXT,
  reuse_when TEXT,
  watchouts TEXT,
  workflow_snapshot TEXT,
  workflow_context TEXT,
  search_text TEXT,
  evaluated_at INTEGER NOT NULL,
  seq INTEGER NOT NULL
);
CREATE INDEX evaluations_by_seq ON evaluations (seq);

-- What is left of tasks, bookmarks and evaluations that are gone.
CREATE TABLE removals (
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (seq, kind, id)
) WITHOUT ROWID;
CREATE INDEX removals_by_id ON removals (id, kind, seq);

CREATE TABLE bindings (
  source TEXT NOT NULL,
  runtime_session_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  session_id TEXT,
  process TEXT,
  from_transcript INTEGER NOT NULL,
  PRIMARY KEY (source, runtime_session_id)
) WITHOUT ROWID;
CREATE INDEX bindings_watched ON bindings (source, runtime_session_id) WHERE process IS NOT NULL;
CREATE INDEX bindings_by_task ON bindings (task_id);

-- Small facts about a task, found by name; see MarkKind in the core.
CREATE TABLE marks (
  task_id TEXT NOT NULL,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  count INTEGER NOT NULL,
  note TEXT,
  PRIMARY KEY (task_id, kind, name)
) WITHOUT ROWID;

-- Deliveries of the last week, so that one that is sent again counts once.
CREATE TABLE deliveries (id TEXT PRIMARY KEY, received_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX deliveries_by_time ON deliveries (received_at);

-- How far the transcripts of agents were read.
CREATE TABLE transcripts (
  path TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  modified_ms INTEGER NOT NULL,
  bytes_read INTEGER NOT NULL,
  fingerprint INTEGER NOT NULL,
  is_closed INTEGER NOT NULL
) WITHOUT ROWID;

-- Sums over the tasks of each agent; see Totals in the core.
CREATE TABLE totals (
  source TEXT PRIMARY KEY,
  tasks INTEGER NOT NULL,
  running INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  completed INTEGER NOT NULL,
  errored INTEGER NOT NULL,
  events INTEGER NOT NULL,
  prompted INTEGER NOT NULL,
  linked INTEGER NOT NULL,
  with_questions INTEGER NOT NULL,
  with_todos INTEGER NOT NULL,
  with_coordination INTEGER NOT NULL,
  with_background INTEGER NOT NULL,
  ended_ms INTEGER NOT NULL,
  running_since_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- What agents did in each hour of UTC, counted from 1970, and their calls on each day. An empty text
-- is none. It outlives the tasks.
CREATE TABLE activity_hours (
  hour INTEGER NOT NULL,
  source TEXT NOT NULL,
  workspace TEXT NOT NULL,
  tasks INTEGER NOT NULL,
  prompts INTEGER NOT NULL,
  tool_calls INTEGER NOT NULL,
  commands INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  active_ms INTEGER NOT NULL,
  PRIMARY KEY (hour, source, workspace)
) WITHOUT ROWID;
CREATE TABLE tool_days (
  day INTEGER NOT NULL,
  source TEXT NOT NULL,
  tool TEXT NOT NULL,
  calls INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  PRIMARY KEY (day, source, tool)
) WITHOUT ROWID;

-- How many running tasks were last active in each minute.
CREATE TABLE active_minutes (minute INTEGER PRIMARY KEY, tasks INTEGER NOT NULL);

-- Answers of models, each once, whoever told of it; see UsageRow in the core. Without a task it
-- waits for its session.
CREATE TABLE usage (
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  runtime_session_id TEXT NOT NULL,
  subagent TEXT,
  prompt_id TEXT,
  origin INTEGER NOT NULL,
  derived INTEGER NOT NULL,
  model TEXT NOT NULL,
  at INTEGER NOT NULL,
  input INTEGER NOT NULL,
  cache_read INTEGER NOT NULL,
  cache_creation INTEGER NOT NULL,
  output INTEGER NOT NULL,
  cache_creation_1h INTEGER NOT NULL,
  reasoning INTEGER NOT NULL,
  reported_cost_micros INTEGER,
  list_cost_micros INTEGER,
  counted INTEGER NOT NULL,
  arrived_at INTEGER NOT NULL,
  task_id TEXT,
  session_id TEXT,
  PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE INDEX usage_by_time ON usage (source, runtime_session_id, origin, at);
CREATE INDEX usage_counted ON usage (source, runtime_session_id, origin, at)
  WHERE derived AND counted;
CREATE INDEX usage_of_subagents ON usage (source, runtime_session_id, subagent)
  WHERE subagent IS NOT NULL;
CREATE INDEX usage_of_unknown ON usage (source, runtime_session_id) WHERE task_id IS NULL;
CREATE INDEX usage_waiting ON usage (arrived_at, source, key) WHERE task_id IS NULL;
CREATE INDEX usage_by_task ON usage (task_id, at) WHERE task_id IS NOT NULL;

-- Sums of usage of each task; an empty text is none. `hour` is of UTC, counted from 1970.
CREATE TABLE usage_sums (
  task_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  prompt_id TEXT NOT NULL,
  hour INTEGER NOT NULL,
  source TEXT NOT NULL,
  model TEXT NOT NULL,
  requests INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cache_read_tokens INTEGER NOT NULL,
  cache_creation_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  cost_micros INTEGER NOT NULL,
  reported_cost_micros INTEGER NOT NULL,
  list_cost_micros INTEGER NOT NULL,
  unpriced_tokens INTEGER NOT NULL,
  PRIMARY KEY (task_id, session_id, prompt_id, hour, source, model)
) WITHOUT ROWID;

-- The same over all tasks.
CREATE TABLE usage_hours (
  hour INTEGER NOT NULL,
  source TEXT NOT NULL,
  model TEXT NOT NULL,
  requests INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cache_read_tokens INTEGER NOT NULL,
  cache_creation_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  cost_micros INTEGER NOT NULL,
  reported_cost_micros INTEGER NOT NULL,
  list_cost_micros INTEGER NOT NULL,
  unpriced_tokens INTEGER NOT NULL,
  PRIMARY KEY (hour, source, model)
) WITHOUT ROWID;
