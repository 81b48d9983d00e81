package dev.leat.domain.planted;

import dev.leat.schemas.Topics;

/** Breaks the rule that the domain sees nobody. */
public record DomainThatSeesSchemas(Topics topics) {}
