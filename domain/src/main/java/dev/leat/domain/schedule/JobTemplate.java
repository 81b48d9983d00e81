package dev.leat.domain.schedule;

import java.time.Instant;
import java.util.List;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;

/** The job that a schedule submits each time. */
public record JobTemplate(JobTypeName type, Lane lane, Json params, List<String> tags, PolicyOverrides policy)
        implements
            ScheduleTarget {

    public JobTemplate {
        tags = List.copyOf(tags);
    }

    /** Its submission at that moment, without conditions. */
    Submission at(Instant now, Origin origin) {
        return new Submission(type, lane, params, tags, policy, Terms.NONE, now).of(origin);
    }
}
