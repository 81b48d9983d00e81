package dev.leat.submit.batch;

import java.util.Optional;

/**
 * What is wrong with a part of a batch.
 *
 * @param index which operation, from 0; empty where it is about something else
 * @param line of the body, from 1, where each operation has one of its own
 * @param pointer a JSON pointer within the operation, or else within the body
 */
public record OperationError(Optional<Integer> index, Optional<Integer> line, String pointer, String message) {}
