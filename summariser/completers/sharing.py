"""The same question, asked while it is under way already, is asked once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from typing import cast

from summariser.calls import Call, D_co, Reply
from summariser.errors import CompletionError

Asked = MutableMapping[tuple[asyncio.AbstractEventLoop, str, str], "asyncio.Future[object]"]


async def shared(asked: Asked, call: Call[D_co], ask: Callable[[Call[D_co]], Awaitable[Reply[D_co]]]) -> Reply[D_co]:
    """The reply of `ask`, or that of the same call under way: then without attempts, because they are counted there.

    A call whose asker was cancelled, or failed by a fault of ours, is asked anew by the next who waits for it.
    """
    key = (asyncio.get_running_loop(), call.system, call.user)
    while (other := asked.get(key)) is not None:
        await asyncio.wait([other])
        if other.cancelled():
            continue
        result = other.result()
        if isinstance(result, CompletionError):
            raise type(result)(str(result))
        return replace(cast("Reply[D_co]", result), attempts=())
    answer: asyncio.Future[object] = key[0].create_future()
    asked[key] = answer
    try:
        reply = await ask(call)
    except CompletionError as error:
        answer.set_result(error)
        raise
    else:
        answer.set_result(reply)
        return reply
    finally:
        del asked[key]
        answer.cancel()  # does nothing where there is a result
