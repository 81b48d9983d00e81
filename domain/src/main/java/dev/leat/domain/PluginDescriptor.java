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
     * @param inputSchema the JSON Schema (2020-12) that parameters must be valid against
     * @param resultSchema the JSON Schema of results
     */
    public record JobTypeDescriptor(JobTypeName type, String description, Lane defaultLane, Json inputSchema,
            Json resultSchema) {}
}
