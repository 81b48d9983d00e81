package dev.leat.domain;

import java.util.List;
import java.util.Optional;

/** What a plugin offers, as the workers that host it announce it. */
public record PluginDescriptor(String plugin, List<JobTypeDescriptor> jobTypes) {

    public PluginDescriptor {
        jobTypes = List.copyOf(jobTypes);
    }

    /**
     * One job type.
     *
     * @param policy how its jobs are tried and kept, where a submission says nothing else
     * @param inputSchema the JSON Schema (2020-12) that parameters must be valid against
     * @param resultSchema the JSON Schema of results
     * @param compensatedBy the type whose jobs take back completed jobs of this one; empty where nothing does
     */
    public record JobTypeDescriptor(JobTypeName type, String description, Lane defaultLane, JobPolicy policy,
            Json inputSchema, Json resultSchema, Optional<JobTypeName> compensatedBy) {

        /** A job type whose jobs cannot be taken back. */
        public JobTypeDescriptor(JobTypeName type, String description, Lane defaultLane, JobPolicy policy,
                Json inputSchema, Json resultSchema) {
            this(type, description, defaultLane, policy, inputSchema, resultSchema, Optional.empty());
        }
    }
}
