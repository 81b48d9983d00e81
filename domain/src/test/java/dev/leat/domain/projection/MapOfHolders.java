package dev.leat.domain.projection;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;

/** The keys of a partition in memory, with the jobs that hold them. */
final class MapOfHolders implements KeyHolders {

    /** A key that belongs to another partition. */
    static final String STRAY = "stray";

    private final Map<String, JobId> keys = new HashMap<>();
    private final Map<JobId, Job> jobs;

    MapOfHolders(Map<JobId, Job> jobs) {
        this.jobs = jobs;
    }

    @Override
    public Optional<Job> holderOf(String key) {
        return Optional.ofNullable(keys.get(key)).flatMap(holder -> Optional.ofNullable(jobs.get(holder)));
    }

    @Override
    public boolean isHome(String key) {
        return !key.equals(STRAY);
    }

    void hold(String key, JobId job) {
        keys.put(key, job);
    }

    void free(String key, JobId job) {
        keys.remove(key, job);
    }

    Map<String, JobId> all() {
        return Map.copyOf(keys);
    }
}
