package dev.leat.domain;

import java.util.List;

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
     */
    public record JobTypeDescriptor(JobTypeName type, String description, Lane defaultLane, JobPolicy policy,
            Json inputSchema, Json resultSchema) {}
}
