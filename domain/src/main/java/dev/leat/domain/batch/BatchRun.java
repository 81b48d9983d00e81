package dev.leat.domain.batch;

import dev.leat.domain.Json;

/**
 * A run of a batch template.
 *
 * @param template its name
 * @param params an object: what fills the gaps
 */
public record BatchRun(String template, Json params) {}
