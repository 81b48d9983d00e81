package dev.leat.simulation;

import java.util.List;

/**
 * What goes into a history; chance and the order of things come from its seed.
 *
 * @param sessionTimeout after how much silence a worker is expelled from its group, in nanoseconds
 * @param faultsUntil when all faults have healed, in nanoseconds
 */
public record Plan(int workers, int projectors, int partitions, int slots, long sessionTimeout, List<PlannedJob> jobs,
        List<PlannedSchedule> schedules, List<PlannedFault> faults, long faultsUntil) {

    public Plan {
        jobs = List.copyOf(jobs);
        schedules = List.copyOf(schedules);
        faults = List.copyOf(faults);
    }

    Plan withJobs(List<PlannedJob> fewer) {
        return new Plan(workers, projectors, partitions, slots, sessionTimeout, fewer, schedules, faults,
                faultsUntil);
    }

    Plan withFaults(List<PlannedFault> fewer) {
        return new Plan(workers, projectors, partitions, slots, sessionTimeout, jobs, schedules, fewer,
                faultsUntil);
    }

    Plan withSchedules(List<PlannedSchedule> others) {
        return new Plan(workers, projectors, partitions, slots, sessionTimeout, jobs, others, faults,
                faultsUntil);
    }

    Plan withProcesses(int fewerWorkers, int fewerProjectors) {
        return new Plan(fewerWorkers, fewerProjectors, partitions, slots, sessionTimeout, jobs, schedules, faults,
                faultsUntil);
    }
}
