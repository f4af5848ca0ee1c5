import { Bubble } from "./bubble.tsx";
import { DayLine } from "./day-line.tsx";
import { EventLine } from "./event-line.tsx";
import type { Line } from "./lines.ts";
import { Note } from "./note.tsx";
import type { OpenChat } from "./open-chat.ts";
import { Tombstone } from "./tombstone.tsx";

interface Props {
  chat: OpenChat;
  line: Line;
  /** Whether the Tab key comes to it: one in a thread. */
  tab: boolean;
  go(message: string): void;
}

/** One line of the thread, drawn by its kind. */
export function Entry({ chat, line, tab, go }: Props) {
  switch (line.kind) {
    case "day":
      return <DayLine at={line.at} />;
    case "event":
      return <EventLine message={line.message} />;
    case "tombstone":
      return <Tombstone message={line.message} />;
    case "note":
      return <Note chat={chat} message={line.message} tab={tab} />;
    case "message":
      return <Bubble chat={chat} message={line.message} joined={line.joined} tab={tab} go={go} />;
  }
}
