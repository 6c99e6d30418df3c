"""The real onnxruntime behind a door where one provider fails, lies or falls back as its issues record."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from vgg_desktop.inference.runtime import load_onnxruntime

CPU = "CPUExecutionProvider"
Behaviour = Callable[["ScriptedSession"], None]


class ScriptedSession:
    """A session of the CPU that says it is on another provider; a behaviour changes what it says and does."""

    def __init__(self, session: Any, provider: str) -> None:  # noqa: ANN401 - onnxruntime has no types
        self._session = session
        self.providers = [provider, CPU]
        self.takers = [provider]
        self.fail_run: Exception | None = None

    def get_providers(self) -> list[str]:
        """Return the providers as this session tells them."""
        return self.providers

    def get_provider_graph_assignment_info(self) -> list[Any]:
        """Return which provider took which part."""
        return [SimpleNamespace(ep_name=each) for each in self.takers]

    def run(self, *arguments: Any) -> Any:  # noqa: ANN401 - as the real one
        """Run on the CPU, or fail as scripted."""
        if self.fail_run is not None:
            raise self.fail_run
        return self._session.run(*arguments)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the real one has
        return getattr(self._session, name)


class ScriptedOnnxruntime:
    """The installed onnxruntime, with `provider` added, which behaves as told; `asked` keeps how sessions are made."""

    def __init__(self, provider: str, behave: Behaviour) -> None:
        self._real = load_onnxruntime()
        self._provider, self._behave = provider, behave
        self.asked: list[tuple[Any, list[Any], dict[str, Any]]] = []

    def get_available_providers(self) -> list[str]:
        """Return the real providers and the scripted one."""
        return [self._provider, *self._real.get_available_providers()]

    def InferenceSession(self, path: str, settings: Any, *, providers: list[Any], **more: Any) -> Any:  # noqa: ANN401, N802
        """Make a real session on the CPU; scripted when the scripted provider is asked for."""
        self.asked.append((settings, providers, more))
        real = self._real.InferenceSession(path, settings, providers=[CPU])
        if self._provider not in (each[0] for each in providers):
            return real
        session = ScriptedSession(real, self._provider)
        self._behave(session)
        return session

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the real one has
        return getattr(self._real, name)
