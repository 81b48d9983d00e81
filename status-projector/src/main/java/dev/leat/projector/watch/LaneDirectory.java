package dev.leat.projector.watch;

/** What is known of lanes. Thread-safe; asks nobody. */
@FunctionalInterface
public interface LaneDirectory {

    /** What is known of a lane right now. Asking for one that is not there says that it is needed. */
    Lookup find(String topic);

    /** What is known of a lane. */
    sealed interface Lookup {

        /**
         * It is there.
         *
         * @param largestRecord how large a record it takes, in bytes
         */
        record Present(int largestRecord) implements Lookup {}

        /** It has not been seen, but it has not been waited for long enough: its plugin's first worker may be starting. */
        record Awaited() implements Lookup {}

        /** It has been needed for as long as anybody waits, and has not come. */
        record Missing() implements Lookup {}
    }
}
