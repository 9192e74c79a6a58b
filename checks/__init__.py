"""From a submission to its report: reads answers, judges them against `exact` and `numeric`, and is the command."""
