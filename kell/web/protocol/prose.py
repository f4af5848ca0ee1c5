"""The words around the tables of ``docs/protocol.md``."""

BEFORE = """<!-- Generated from the command table by `python -m kell.web.protocol`. Do not edit. -->
# Protocol

Enough to write a client: the widget and the panel use nothing else.

## Transport

Every command runs through two doors, with the same shapes, limits and errors:

- **Socket.IO** (protocol 5 over Engine.IO 4), WebSocket only, path `/socket.io/`. Connect to the
  namespace `/visitor` with `auth: {token}`, or to `/operator` with the session's cookie. A command
  is an event with one argument, its input; the acknowledgement carries one argument, the answer.
  Frames of at most 64 KiB, text only. A socket that has joined no namespace after 5 s is closed.
- **HTTP**: `POST /api/visitor/<command>` with `Authorization: Bearer <token>`, or
  `POST /api/operator/<command>` with the session's cookie; `Content-Type: application/json`.
  Who has no socket begins with `hello` and then waits for news with `GET /api/<side>/changes`.

A refusal is `{"error": {"code", "field"?, "retry_after"?, "number"?}}` through both, over HTTP with
the status of its kind. `field` names the wrong field; `retry_after` says in how many seconds to
come again; `number`, of an `internal` one, stands in the server's log beside what went wrong.
A refused connect is a CONNECT_ERROR with `{message: <code>, data: {error}}`.

| code | status | what to do |
| --- | --- | --- |
| `invalid` | 400 | mend the field that `field` names |
| `unauthenticated` | 401 | get a token, or sign in |
| `login_failed` | 401 | e-mail or password is wrong |
| `identity_expired` | 401 | have the site's server sign it anew |
| `forbidden`, `foreign_origin` | 403 | nothing: it isn't allowed |
| `not_found`, `unknown_command` | 404 | nothing: it isn't there, or out of reach |
| `conversation_closed`, `already_taken`, `already_sent` | 409 | start anew; leave it; it is there |
| `email_taken`, `shortcut_taken` | 409 | choose another |
| `team_in_use` | 409 | give what belongs to it to another team first |
| `conflict`, `site_in_use` | 409 | read it again and save again; it has chats and stays |
| `no_picture` | 400 | send a PNG, JPEG or WebP picture |
| `link_expired` | 410 | ask for another link |
| `too_large` | 413 | send less |
| `rate_limited` | 429 | the same again after `retry_after` |
| `internal` | 500 | the same again later |
| `retry_later` | 503 | the same again after `retry_after`: nothing was written, nor counted |

## What a client does

1. **On connect** the server sends `welcome` (it may come before the namespace's CONNECT packet).
   Compare `conversation.rev` with yours and call `conversation.sync` if they differ.
2. **Sending is safe to repeat.** Make `client_id` when *send* is pressed, keep the message until
   its acknowledgement, and send the same again after a lost connection: it is one message for ever.
   An acknowledgement means that the message is on disk. So is a chat started, with a `start_id`.
3. **One shape for all that changes**: push, acknowledgement and sync carry a conversation, the rows
   that changed, and a `rev` without gaps. Take a change whose rev is yours + 1; drop one that isn't
   newer; on a gap wait 300 ms (what is missing may be an acknowledgement under way) and then call
   `conversation.sync {conversation, after: <your rev>}`. A sync brings everything after your rev;
   with `reset` it is the newest page, in place of what you have. The socket that sent a message
   gets no push of it: its acknowledgement's `change` is the same, or null if it was sent before.
4. **Order**: visitors sort by `seq`, operators by `line`. A deleted message stays as an empty row.
5. **Every 15 s** a `beacon` names the revs of your open threads: call `conversation.sync` where
   yours is lower. Frames to operators carry `team` and `n`, which counts without gaps, and the
   beacon's `counts` say how far each team has come; on a hole, and after each connect, read the
   lists that are shown again.
6. **Before it stops**, a server sends `drain`; close code 4000 (`resync`) means that you read too
   slowly. Connect again and sync, in both cases.
"""

AFTER = ""
