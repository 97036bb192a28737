"""The Rasa side of the components: thin classes named in `config.yml`."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.server.components.intents import IntentModel
from nlu.server.components.tokens import tokenize

ComponentType = DefaultV1Recipe.ComponentType


@DefaultV1Recipe.register(ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MixedTokenizer(Tokenizer):
    """Tokens of Chinese and English text; see `tokens.tokenize`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Intent names stay whole."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Returns the tokens of one attribute of the message."""
        return [Token(span.text, span.start, span.end) for span in tokenize(message.get(attribute))]


@DefaultV1Recipe.register(ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NetworkIntentClassifier(IntentClassifier, GraphComponent):
    """Ranks the intents of a message and adds the field `out_of_scope_score`; see `intents.IntentModel`."""

    @classmethod
    def required_components(cls) -> list[type]:
        """A tokenizer comes first."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`ranking_length` is the number of intents in the answer; what else may be set is in `training.Schedule`."""
        return {"min_documents": 1, "ranking_length": 10, "random_seed": 0}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: IntentModel | None = None) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa passes it by name
    ) -> NetworkIntentClassifier:
        """Makes a classifier that is still to be trained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa passes it by name
        **kwargs: Any,  # noqa: ARG003
    ) -> NetworkIntentClassifier:
        """Reads the trained classifier; a model without one is an error, never a silent guess."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentModel.load(folder))

    # Rasa matches arguments by name: they must be called `training_data` and `messages`.
    def train(self, training_data: TrainingData) -> Resource:
        """Fits on every example that has a text and an intent, and stores the result."""
        from nlu.server.components.fitting import Example, Settings, fit

        examples = [
            Example(message.get(TEXT), _tokens(message), message.get(INTENT))
            for message in training_data.intent_examples
            if message.get(TEXT) and message.get(INTENT)
        ]
        settings = Settings.of(self._config)
        try:
            self._model = fit(examples, settings)
        except ValueError as error:
            raise InvalidConfigException(str(error)) from error
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds `intent`, `intent_ranking` and `out_of_scope_score` to each message."""
        if self._model is None:
            raise InvalidConfigException("the intent classifier was not trained")
        for message in messages:
            prediction = self._model.predict(message.get(TEXT) or "", _tokens(message))
            ranking = [{"name": name, "confidence": share} for name, share in prediction.ranking]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[: self._config["ranking_length"]], add_to_output=True)
            message.set("out_of_scope_score", prediction.out_of_scope, add_to_output=True)
        return messages


def _tokens(message: Message) -> tuple[str, ...]:
    return tuple(token.text for token in message.get(TOKENS_NAMES[TEXT]) or ())
