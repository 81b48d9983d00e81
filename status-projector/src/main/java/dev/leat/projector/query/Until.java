package dev.leat.projector.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.leat.domain.Job;
import dev.leat.domain.JobState;
import dev.leat.domain.Submission;

/** What an answer about a job can wait for. */
enum Until {

    /** It is said whether the job's key is its own. Who asks for this has no use for the job before. */
    DECIDED {
        @Override
        boolean holds(Job job) {
            return job.state() != JobState.SCHEDULED || job.intake().admitted()
                    || job.submission().map(Submission::terms).filter(terms -> terms.isKeyed()).isEmpty();
        }
    },

    /** Nothing can move the job any more. Who asks for this also wants the job as it is when his time is over. */
    ENDED {
        @Override
        boolean holds(Job job) {
            return job.state().isTerminal();
        }
    };

    abstract boolean holds(Job job);

    /** Reads a parameter of that name; a problem 400 says what it may be. */
    static Until of(String name) {
        return Arrays.stream(values())
                .filter(until -> until.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> QueryProblems.badParameter("until", "Expected "
                        + Arrays.stream(values()).map(Until::wireName).collect(Collectors.joining(" or "))
                        + ", but got something else."));
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
