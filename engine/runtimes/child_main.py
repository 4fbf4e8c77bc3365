"""A model process: loads one model, then answers requests on stdin with replies on stdout (see `wire`).

Started by `child.Child` as the leader of a process group of its own. When the app ends, however it ends,
stdin does too, and this process takes its whole group with it.
"""

import asyncio
import json
import os
import signal
import sys
import threading
import traceback
from contextlib import aclosing
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from engine import own_process
from engine.errors import CallFailed, LoadFailed, UserError
from engine.pool import Expert, RewardModel
from engine.runtimes import wire
from engine.runtimes.abilities import Closes, Embeds, Generates, RewardsOutcomes, RewardsSteps, Scores
from engine.runtimes.base import Progress


def load(kind: str, path: Path, expert: Expert, progress: Progress) -> object:
    """Load the model at `path` with the runtime `kind`; it has some of the `abilities`."""
    progress(0.05, "starting the runtime")
    if isinstance(expert, RewardModel):
        return _load_reward_model(kind, path, expert, progress)
    match kind:
        case "openvino":
            from engine.runtimes.openvino import OpenVINOModel

            return OpenVINOModel(path, expert, progress)
        case "vllm":
            from engine.runtimes.vllm import VLLMModel

            return VLLMModel(path, expert, progress)
        case "transformers":
            from engine.runtimes.transformers import TransformersModel

            return TransformersModel(path, expert, progress)
        case "embedding":
            from engine.runtimes.embedding import EmbeddingModel

            return EmbeddingModel(path, progress)
        case _:
            raise LoadFailed(f"There is no runtime {kind!r} for a model process.")


def _load_reward_model(kind: str, path: Path, model: RewardModel, progress: Progress) -> object:
    match kind, model.judges:
        case "vllm", "outcome":
            from engine.runtimes.vllm_reward import VLLMOutcomeReward

            return VLLMOutcomeReward(path, model, progress)
        case "vllm", "steps":
            from engine.runtimes.vllm_reward import VLLMStepReward

            return VLLMStepReward(path, model, progress)
        case "transformers", "outcome":
            from engine.runtimes.transformers_reward import TransformersOutcomeReward

            return TransformersOutcomeReward(path, model, progress)
        case "transformers", "steps":
            from engine.runtimes.transformers_reward import TransformersStepReward

            return TransformersStepReward(path, model, progress)
        case _:
            raise LoadFailed(f"The runtime {kind} runs no reward models.")


class Service:
    """Answers requests about one model, any number at once."""

    def __init__(self, replies: BinaryIO) -> None:
        self._replies = replies
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._model: object = None

    def take(self, request: dict[str, Any]) -> None:
        """Begin to answer a request, or cancel one."""
        id = request["id"]
        if request["ask"] != "cancel":
            self._tasks[id] = asyncio.create_task(self._answer(id, request))
            self._tasks[id].add_done_callback(lambda _: self._tasks.pop(id))
        elif task := self._tasks.get(id):
            task.cancel()

    async def _answer(self, id: int, request: dict[str, Any]) -> None:
        try:
            self._reply(id, value=await self._value(id, request))
        except UserError as error:
            self._reply(id, error=wire.error_to_json(error))
        except Exception as error:  # noqa: BLE001 (whatever it is, the app must hear of it)
            traceback.print_exc()
            failure = LoadFailed if request["ask"] == "load" else CallFailed
            words = f"{type(error).__name__}: {error}"
            self._reply(id, error=wire.error_to_json(failure(words)))

    async def _value(self, id: int, request: dict[str, Any]) -> Any:
        """What the request comes to; what comes before that is replied on the way."""
        messages = wire.messages_from_json(request.get("messages", ()))
        match request["ask"], self._model:
            case "load", None:
                stated = request["expert"]
                expert = (RewardModel if "judges" in stated else Expert).model_validate(stated)

                def progress(share: float | None, words: str) -> None:
                    self._reply(id, progress=[share, words])

                self._model = load(request["kind"], Path(request["path"]), expert, progress)
                return {"closes": isinstance(self._model, Closes)}
            case "generate", Generates() as model:
                async with aclosing(
                    model.generate(messages, wire.sampling_from_json(request["sampling"]))
                ) as deltas:
                    async for delta in deltas:
                        self._reply(id, delta=wire.delta_to_json(delta))
                return None
            case "score", Scores() as model:
                return asdict(await model.score(messages, request["candidates"]))
            case "outcome_reward", RewardsOutcomes() as model:
                return asdict(await model.outcome_reward(messages))
            case "step_rewards", RewardsSteps() as model:
                return asdict(await model.step_rewards(messages, request["steps"]))
            case "embed", Embeds() as model:
                return await model.embed(request["texts"])
            case "close", Closes() as model:
                model.close()
                os._exit(0)
            case ask, model:
                raise CallFailed(f"{type(model).__name__} cannot {ask}: use a runtime that can.")

    def _reply(self, id: int, **reply: Any) -> None:
        self._replies.write(wire.line({"id": id, **reply}))
        self._replies.flush()


async def serve(replies: BinaryIO) -> None:
    """Answer requests until the app is gone."""
    loop = asyncio.get_running_loop()
    service = Service(replies)

    def listen() -> None:
        # An app that was killed may leave half a request: that ends this process too.
        try:
            for request in sys.stdin.buffer:
                loop.call_soon_threadsafe(service.take, json.loads(request))
        finally:
            os.killpg(0, signal.SIGKILL)

    threading.Thread(target=listen, name="requests", daemon=True).start()
    await loop.create_future()


def main() -> None:
    """Run a model process."""
    replies = os.fdopen(own_process.claim_stdout(), "wb")
    asyncio.run(serve(replies))


if __name__ == "__main__":
    main()
