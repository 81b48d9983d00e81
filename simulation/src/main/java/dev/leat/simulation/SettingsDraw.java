package dev.leat.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;

import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.simulation.world.World;

/** Draws what operators say about the plugin, and as many jobs as it takes for a limit to matter. */
final class SettingsDraw {

    private static final int LAST_SETTING = 15_000;
    private static final int PAUSED_UNTIL = 29_000;
    /** Apart from the ids of other jobs. */
    private static final int FIRST_JOB = 2_000;

    private final JobTypeName type;
    private final SplittableRandom random;

    SettingsDraw(JobTypeName type, SplittableRandom random) {
        this.type = type;
        this.random = random;
    }

    List<PlannedSetting> settings() {
        List<PlannedSetting> settings = new ArrayList<>();
        int which = random.nextInt(3);
        if (which != 0) {
            settings.add(limit(random.nextInt(1_000)));
            if (oneIn(3)) {
                settings.add(limit(random.nextInt(1_000, LAST_SETTING)));
            }
        }
        if (which != 1) {
            int at = random.nextInt(LAST_SETTING);
            settings.add(pause(at, true));
            settings.add(pause(random.nextInt(at + 1, PAUSED_UNTIL), false));
        }
        return settings;
    }

    private PlannedSetting pause(int millis, boolean paused) {
        return new PlannedSetting(World.millis(millis),
                new PluginSetting.Pause(type.plugin(), paused, time(millis)));
    }

    private PlannedSetting limit(int millis) {
        Optional<Integer> running = oneIn(4) ? Optional.empty() : Optional.of(1 + random.nextInt(4));
        Optional<Double> pace = running.isEmpty() || oneIn(4)
                ? Optional.of(0.8 + random.nextInt(4))
                : Optional.empty();
        return new PlannedSetting(World.millis(millis),
                new PluginSetting.Limits(type.plugin(), running, pace, time(millis)));
    }

    /** Jobs that take their time, so that they have to wait for each other, also when everything has calmed down. */
    List<PlannedJob> jobs() {
        List<PlannedJob> jobs = new ArrayList<>();
        int howMany = 4 + random.nextInt(10);
        for (int i = 0; i < howMany; i++) {
            int at = random.nextInt(oneIn(2) ? 5_000 : 28_000);
            PolicyOverrides policy = new PolicyOverrides(Optional.of(3), Optional.empty(),
                    Optional.of(Duration.ofSeconds(30)), Optional.empty());
            Submission submission = new Submission(type, Lane.NORMAL, new Json("{}"), List.of(), policy, Terms.NONE,
                    time(at));
            Behaviour behaviour = new Behaviour(Behaviour.Ending.SUCCEED,
                    World.millis(random.nextInt(oneIn(3) ? 9_000 : 2_500)), 0);
            jobs.add(new PlannedJob(World.millis(at), id(i), submission, List.of(behaviour), OptionalLong.empty(),
                    OptionalLong.empty(), true));
        }
        return jobs;
    }

    private JobId id(int number) {
        long low = 0x8000_0000_0000_0000L | ((long) (FIRST_JOB + number) << 16) | random.nextInt(1 << 16);
        return new JobId(new UUID(0x7000L, low));
    }

    private static Instant time(int millis) {
        return World.BEGINNING.plusMillis(millis);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
