"""Experts on any server that speaks OpenAI's chat completions: vLLM, Ray Serve, SGLang, Ollama and others."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import replace
from json import JSONDecodeError
from typing import Any
from urllib.parse import urlsplit

import httpx2
import openai
from openai import AsyncOpenAI

from engine.errors import CallFailed, LoadFailed, PromptTooLong, UserError
from engine.pool import Expert, RewardModel
from engine.runtimes.base import Delta, FinishReason, Measured, Message, Progress, Sampling
from engine.runtimes.samples import mixed, singly
from engine.runtimes.wire import messages_to_json

_RETRIES = 1
_REASONS: dict[str, FinishReason] = {"stop": "stop", "length": "length"}
_TOO_LONG = (
    "context length",
    "context_length",
    "context size",
    "context window",
    "too long",
    "max_model_len",
)


class OpenAIRuntime:
    """A server at `server`, as in `http://host:8000`; it is a `base.Runtime`."""

    name = "openai"
    enforces_json = True
    scores = False

    def __init__(self, server: str, api_key: str | None = None) -> None:
        self._server = server.rstrip("/")
        self._api_key = api_key or "none"

    async def load(self, expert: Expert, progress: Progress) -> "ServedModel":
        """Find the expert on the server: as its `served_as`, else as its `model`. Raises LoadFailed."""
        if isinstance(expert, RewardModel):
            raise LoadFailed(
                f"{expert.title} scores solutions, which a server of chat completions cannot: run Disputatio with "
                "--runtime transformers or vllm to use it."
            )
        progress(None, f"asking {self._server}")
        address = self._server if urlsplit(self._server).path else f"{self._server}/v1"
        client = AsyncOpenAI(base_url=address, api_key=self._api_key, max_retries=_RETRIES)
        try:
            with _told_as(LoadFailed, self._server):
                served = [model.id async for model in client.models.list()]
            name = expert.served_as or expert.model
            if name not in served:
                raise LoadFailed(
                    f"The server at {self._server} does not serve {name!r} but {', '.join(served) or 'nothing'}: "
                    f"start it with that model, or state `served_as` for {expert.name} in the pool file."
                )
        except BaseException:
            await client.close()
            raise
        return ServedModel(client, expert, name, self._server)

    def memory(self, expert: Expert) -> int:  # noqa: ARG002
        """0: the server has its own memory."""
        return 0


class ServedModel:
    """One model of a server; it is a `base.Model`."""

    def __init__(self, client: AsyncOpenAI, expert: Expert, name: str, server: str) -> None:
        self._client = client
        self._expert = expert
        self._name = name
        self._server = server
        self._enforces_json = True  # until the server refuses a schema

    async def generate(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        """Stream the samples of one answer; see `base.Model`."""
        begun: set[int] = set()
        async with aclosing(self._stream(messages, sampling)) as deltas:
            async for delta in deltas:
                begun.add(delta.sample)
                yield delta
        # Some servers know nothing of several samples, and give one.
        left = [number for number in range(sampling.samples) if number not in begun]
        each = singly(sampling)
        async with aclosing(mixed([self._stream(messages, each[number]) for number in left])) as deltas:
            async for delta in deltas:
                yield replace(delta, sample=left[delta.sample])

    async def _stream(self, messages: Sequence[Message], sampling: Sampling) -> AsyncGenerator[Delta, None]:
        """The answer to one request.

        A chunk counts as one token until the server states their number; the rest is counted with the last delta.
        """
        counted = 0
        begun: set[int] = set()
        ends: dict[int, FinishReason] = {}
        usage: openai.types.CompletionUsage | None = None
        with _told_as(CallFailed, self._server):
            stream = await self._begun(self._request(messages, sampling))
            async with stream:
                async for chunk in stream:
                    usage = chunk.usage or usage
                    for choice in chunk.choices:
                        begun.add(choice.index)
                        if choice.delta.content:
                            counted += 1
                            yield Delta(choice.delta.content, 1, sample=choice.index)
                        if reason := _REASONS.get(choice.finish_reason or ""):
                            ends[choice.index] = reason
        if not ends or begun - ends.keys():
            raise CallFailed(f"The server at {self._server} ended the answer in the middle.")
        # Each sample is told the tokens of the prompt, as by all runtimes; the server states them at the very end.
        uncounted = max(0, usage.completion_tokens - counted) if usage else 0
        for sample, reason in ends.items():
            yield Delta("", uncounted, usage.prompt_tokens if usage else 0, reason, sample)
            uncounted = 0

    async def _begun(self, request: dict[str, Any]) -> Any:
        """The answer's stream. A server that refuses a schema is asked without one, now and from then on."""
        create = self._client.chat.completions.create
        plain = {name: value for name, value in request.items() if name != "response_format"}
        if plain != request and self._expert.thinks:  # without a schema it does
            plain["max_tokens"] = max(plain["max_tokens"], self._expert.max_tokens)
        if not self._enforces_json or plain == request:
            return await create(**plain)
        try:
            return await create(**request)
        except (openai.BadRequestError, openai.UnprocessableEntityError):
            stream = await create(**plain)  # what was refused for another reason is refused again
            self._enforces_json = False
            return stream

    async def score(self, messages: Sequence[Message], candidates: Sequence[str]) -> Measured:  # noqa: ARG002
        """Raises CallFailed: the protocol gives a few most probable tokens only."""
        raise CallFailed("A server gives no probabilities of candidates: use --runtime transformers or vllm.")

    async def outcome_reward(self, messages: Sequence[Message]) -> Measured:  # noqa: ARG002
        """Raises CallFailed: the model writes text."""
        raise CallFailed(f"{self._name} writes text; it is no reward model.")

    async def step_rewards(self, messages: Sequence[Message], steps: Sequence[str]) -> Measured:  # noqa: ARG002
        """Raises CallFailed: the model writes text."""
        raise CallFailed(f"{self._name} writes text; it is no reward model.")

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:  # noqa: ARG002
        """Raises CallFailed: the model writes text."""
        raise CallFailed(f"{self._name} writes text; it is no embedder.")

    async def close(self) -> None:
        """Let go of the connections; calls in flight fail."""
        await self._client.close()

    def _request(self, messages: Sequence[Message], sampling: Sampling) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self._name,
            "messages": messages_to_json(messages),
            "max_tokens": sampling.max_tokens,
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "seed": sampling.seed,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        # Servers refuse several greedy answers, which are one and the same.
        if sampling.samples > 1 and sampling.temperature > 0:
            request["n"] = sampling.samples
        if sampling.stop:
            request["stop"] = list(sampling.stop)
        if sampling.json_schema is not None:
            schema = {"name": "answer", "schema": sampling.json_schema, "strict": True}
            request["response_format"] = {"type": "json_schema", "json_schema": schema}
        return request


@contextmanager
def _told_as(failure: type[UserError], server: str) -> Iterator[None]:
    """Say what the server or the way to it did wrong as `failure`, or PromptTooLong where it was that."""
    try:
        yield
    except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
        raise failure(
            f"The server at {server} refused the key: give the right one in OPENAI_API_KEY."
        ) from error
    except openai.APIStatusError as error:
        if any(words in error.message.lower() for words in _TOO_LONG):
            raise PromptTooLong(f"The server at {server} says: {error.message}") from error
        raise failure(f"The server at {server} says ({error.status_code}): {error.message}") from error
    except (openai.APIConnectionError, httpx2.TransportError) as error:
        raise failure(
            f"No server is answering at {server}: start it or give another one with --server."
        ) from error
    except (openai.OpenAIError, JSONDecodeError) as error:
        raise failure(f"The server at {server} gave no usable answer: {error}") from error
