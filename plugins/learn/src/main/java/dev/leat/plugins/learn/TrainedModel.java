package dev.leat.plugins.learn;

import java.time.Instant;

/**
 * A model, and where it comes from.
 *
 * @param version the id of the job that trained it
 * @param trainedAt when that was
 */
record TrainedModel(String version, Instant trainedAt, LinearModel model) {}
