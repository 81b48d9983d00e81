package dev.leat.projector.index;

import java.util.Optional;

import dev.leat.domain.JobState;

/** Which jobs a list holds; what is empty does not matter. {@code type} is {@code plugin:name}. */
public record JobFilter(Optional<JobState> state, Optional<String> plugin, Optional<String> type,
        Optional<String> tag, Optional<String> batch) {

    /** Lets every job through. */
    public static final JobFilter ALL = new JobFilter(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());

    public boolean matches(ListedJob job) {
        return state.map(wanted -> wanted == job.state()).orElse(true)
                && plugin.map(wanted -> wanted.equals(job.type().plugin())).orElse(true)
                && type.map(wanted -> wanted.equals(job.type().toString())).orElse(true)
                && tag.map(wanted -> job.tags().contains(wanted)).orElse(true)
                && (batch.isEmpty() || batch.equals(job.batch()));
    }
}
