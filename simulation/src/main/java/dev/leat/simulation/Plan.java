package dev.leat.simulation;

import java.util.List;

/**
 * What goes into a history; chance and the order of things come from its seed.
 *
 * @param sessionTimeout after how much silence a worker is expelled from its group, in nanoseconds
 * @param faultsUntil when all faults have healed, in nanoseconds
 */
public record Plan(int workers, int projectors, int partitions, int slots, long sessionTimeout, List<PlannedJob> jobs,
        List<PlannedFault> faults, long faultsUntil) {

    public Plan {
        jobs = List.copyOf(jobs);
        faults = List.copyOf(faults);
    }

    Plan withJobs(List<PlannedJob> fewer) {
        return new Plan(workers, projectors, partitions, slots, sessionTimeout, fewer, faults, faultsUntil);
    }

    Plan withFaults(List<PlannedFault> fewer) {
        return new Plan(workers, projectors, partitions, slots, sessionTimeout, jobs, fewer, faultsUntil);
    }

    Plan withProcesses(int fewerWorkers, int fewerProjectors) {
        return new Plan(fewerWorkers, fewerProjectors, partitions, slots, sessionTimeout, jobs, faults, faultsUntil);
    }
}
