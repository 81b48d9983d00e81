package dev.leat.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

class LineageTest {

    @Test
    void shouldReadWhatItWrote() {
        Lineage lineage = Lineage.parse("").continuedBy("host-1/1", 0).continuedBy("host-2/7", 42);

        assertThat(lineage).hasToString("leat1 host-1/1:0 host-2/7:42");
        assertThat(Lineage.parse(lineage.toString())).isEqualTo(lineage);
    }

    @Test
    void shouldBeginAnewAfterMetadataOfOthers() {
        assertThat(Lineage.parse("").links()).isEmpty();
        assertThat(Lineage.parse("somebody's own").links()).isEmpty();
        assertThat(Lineage.parse("leat1 a:1 b").links()).isEmpty();
    }

    @Test
    void shouldSayHowFarEachTenureGot() {
        Lineage lineage = Lineage.parse("leat1 a:0 b:10 c:12");

        assertThat(lineage.reachedBy("a", 20)).isEqualTo(OptionalLong.of(10));
        assertThat(lineage.reachedBy("b", 20)).isEqualTo(OptionalLong.of(12));
        assertThat(lineage.reachedBy("c", 20)).isEqualTo(OptionalLong.of(20));
        assertThat(lineage.reachedBy("d", 20)).isEmpty();
    }

    @Test
    void shouldForgetTheOldestAndSaySo() {
        Lineage lineage = Lineage.parse("");
        for (int tenure = 0; tenure < 7; tenure++) {
            lineage = lineage.continuedBy("t" + tenure, tenure);
        }
        assertThat(lineage.isCut()).isFalse();

        Lineage cut = lineage.continuedBy("t7", 7).continuedBy("t8", 8);

        assertThat(cut.isCut()).isTrue();
        assertThat(cut.reachedBy("t0", 9)).isEmpty();
        assertThat(cut.reachedBy("t1", 9)).isEqualTo(OptionalLong.of(2));
    }
}
