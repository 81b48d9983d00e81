package dev.leat.projector.query;

import java.util.List;

import dev.leat.projector.index.ListPosition;

/** What one instance has of a list, and from which partitions. Its jobs are in order. */
record ListPart(List<Integer> partitions, List<Entry> entries) {

    /**
     * A job and its place in the list.
     *
     * @param job what becomes the job's JSON: a {@code JobView}, or the JSON of another instance's
     */
    record Entry(ListPosition position, Object job) {}
}
