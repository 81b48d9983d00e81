package dev.leat.schemas;

/** How large records may be, so that Kafka takes them: 1 MiB for a batch by default, with headers, key and overhead. */
public final class RecordSizes {

    /**
     * The longest command of a submission, in bytes. It has to fit once more when it is written again for another
     * attempt, with the checkpoint that earlier ones have left and the ends of the jobs that were waited for.
     */
    public static final int MAX_COMMAND = 900_000;

    private RecordSizes() {}
}
