"""From reports to events: retellings become one event, disagreements become conflicts."""
