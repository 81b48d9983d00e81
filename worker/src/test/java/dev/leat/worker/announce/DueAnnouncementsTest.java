package dev.leat.worker.announce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.worker.announce.DueAnnouncements.Announcement;

class DueAnnouncementsTest {

    private static final PluginDescriptor MILL = plugin("mill", "grind");
    private static final PluginDescriptor DEMO = plugin("demo", "echo");

    private final DueAnnouncements announcements = new DueAnnouncements();

    @Test
    void shouldAnnounceWhatIsHostedUntilItIsMade() {
        assertThat(announcements.due(List.of(MILL, DEMO))).containsExactly(of(MILL), of(DEMO));

        announcements.isMade(of(MILL));

        assertThat(announcements.due(List.of(MILL, DEMO))).containsExactly(of(DEMO));
    }

    @Test
    void shouldAnnounceAPluginAgainWhenItHasOtherJobTypes() {
        made(MILL);

        PluginDescriptor next = plugin("mill", "grind", "sift");

        assertThat(announcements.due(List.of(next))).containsExactly(of(next));
    }

    @Test
    void shouldTakeBackWhatIsNotHostedAnyMore() {
        made(MILL, DEMO);

        Announcement takenBack = new Announcement("mill", Optional.empty());
        assertThat(announcements.due(List.of(DEMO))).containsExactly(takenBack);

        announcements.isMade(takenBack);
        assertThat(announcements.due(List.of(DEMO))).isEmpty();
    }

    @Test
    void shouldAnnounceAgainWhatAnotherWorkerHasTakenBack() {
        made(MILL, DEMO);

        announcements.isTakenBack("mill");

        assertThat(announcements.due(List.of(MILL, DEMO))).containsExactly(of(MILL));
    }

    @Test
    void shouldNotMindThatAPluginIsTakenBackWhichIsNotHosted() {
        made(MILL);

        announcements.isTakenBack("demo");

        assertThat(announcements.due(List.of(MILL))).isEmpty();
    }

    @Test
    void shouldAnnounceWhatComesBackAsItWas() {
        made(MILL);
        announcements.isMade(new Announcement("mill", Optional.empty()));

        assertThat(announcements.due(List.of(MILL))).containsExactly(of(MILL));
    }

    private void made(PluginDescriptor... descriptors) {
        Arrays.stream(descriptors).map(DueAnnouncementsTest::of).forEach(announcements::isMade);
    }

    private static Announcement of(PluginDescriptor descriptor) {
        return new Announcement(descriptor.plugin(), Optional.of(descriptor));
    }

    private static PluginDescriptor plugin(String id, String... types) {
        return new PluginDescriptor(id, Arrays.stream(types)
                .map(type -> new JobTypeDescriptor(new JobTypeName(id, type), "", Lane.NORMAL, JobPolicy.DEFAULT,
                        new Json("{}"), new Json("{}")))
                .toList());
    }
}
