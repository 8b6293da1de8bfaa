"""Twilio as tests meet it: software that none of us wrote, and faults on demand.

A test asks for the fixture `standin` (`tests/standin/fixtures.py`) and points the client at
`standin.url`. What a request passes on its way:

1. `faulting.py` counts it and, when told to, answers in the provider's place or breaks the line.
2. `contract.py` holds it against Twilio's own OpenAPI document. A request that breaks the contract
   is answered 422 and fails the test at its end.
3. `emulator.py` is `emulate`, pinned with its hash (`npm/`), which keeps messages and calls, and
   signs and sends the callbacks.

What a test can do:

- `standin.line.next(Reset(accepted=True), Answer(429, 20429, retry_after=7))` spoils the next
  sends, in this order; `standin.line.for_number("+44...", Answer(400, 21610))` every send to one
  number; `standin.line.half_fail(seed=7)` half of all requests; `standin.line.heal()` nothing.
- `standin.messages(to=...)` and `standin.calls(to=...)` are the stand-in's own record.
- `standin.deliver(sid, "delivered")`, `standin.call_is(sid, "no-answer")` and
  `standin.text_from(number, body)` make it send signed webhooks; replies go to the address given
  to `standin.replies_to(url)`. All return once the webhook was answered.
- `signing.py` builds what the emulator cannot send, receipts with an ErrorCode and pressed digits,
  in the documented form, and signs them with Twilio's own RequestValidator.
- `receiver` (a fixture) is a listener that keeps each webhook as it came.

What it cannot show is in docs/adr/0012-clients-and-stand-ins.md.
"""
