"""Problems drawn at random, so that they show what they are set for."""
