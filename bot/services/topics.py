"""Read the topics somebody typed; what cannot be taken is refused in a sentence."""

from bot.domain.expertise import MAX_TOPIC_LENGTH, MAX_TOPICS, read_topics
from bot.domain.ids import Topic
from bot.domain.text import normalise


def topics_and_problem(typed: str) -> tuple[tuple[Topic, ...], str | None]:
    """The topics, separated by commas, and what is wrong with them."""
    topics = read_topics(normalise(typed))
    return topics, _problem(typed, topics)


def _problem(typed: str, topics: tuple[Topic, ...]) -> str | None:
    if (typed.strip() and not topics) or not all(any(map(str.isalnum, topic)) for topic in topics):
        return "A topic needs letters or digits, as in: sql, giving feedback. Nothing was changed."
    if len(topics) > MAX_TOPICS:
        return f"Please name at most {MAX_TOPICS} topics, so that questions find the right person."
    if any(len(topic) > MAX_TOPIC_LENGTH for topic in topics):
        return (
            f"A topic has at most {MAX_TOPIC_LENGTH} characters. Please separate topics by commas; "
            "nothing has been changed."
        )
    return None
