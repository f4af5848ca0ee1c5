import type { Connection } from "../../browser/connection.ts";
import type { OperatorCommands, OperatorEvents } from "../../browser/protocol.ts";

export type Line = Connection<OperatorCommands, OperatorEvents>;

/** One command to the server; never rejects. */
export type Call = Line["call"];
