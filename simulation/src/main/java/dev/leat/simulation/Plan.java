package dev.leat.simulation;

import java.util.List;

/**
 * What goes into a history; chance and the order of things come from its seed.
 *
 * @param sessionTimeout after how much silence a worker is expelled from its group, in nanoseconds
 * @param faultsUntil when all faults have healed, in nanoseconds
 */
public record Plan(int workers, int projectors, int partitions, int slots, long sessionTimeout, List<PlannedJob> jobs,
        List<PlannedSchedule> schedules, List<PlannedBatch> batches, List<PlannedSetting> settings,
        List<PlannedFault> faults, long faultsUntil) {

    public Plan {
        jobs = List.copyOf(jobs);
        schedules = List.copyOf(schedules);
        batches = List.copyOf(batches);
        settings = List.copyOf(settings);
        faults = List.copyOf(faults);
    }

    Plan withJobs(List<PlannedJob> others) {
        return new Plan(workers, projectors, partitions, slots, sessionTimeout, others, schedules, batches, settings,
                faults, faultsUntil);
    }

    Plan withFaults(List<PlannedFault> others) {
        return new Plan(workers, projectors, partitions, slots, sessionTimeout, jobs, schedules, batches, settings,
                others, faultsUntil);
    }

    Plan withSchedules(List<PlannedSchedule> others) {
        return new Plan(workers, projectors, partitions, slots, sessionTimeout, jobs, others, batches, settings,
                faults, faultsUntil);
    }

    Plan withBatches(List<PlannedBatch> others) {
        return new Plan(workers, projectors, partitions, slots, sessionTimeout, jobs, schedules, others, settings,
                faults, faultsUntil);
    }

    Plan withSettings(List<PlannedSetting> others) {
        return new Plan(workers, projectors, partitions, slots, sessionTimeout, jobs, schedules, batches, others,
                faults, faultsUntil);
    }

    Plan withProcesses(int fewerWorkers, int fewerProjectors) {
        return new Plan(fewerWorkers, fewerProjectors, partitions, slots, sessionTimeout, jobs, schedules, batches,
                settings, faults, faultsUntil);
    }
}
