package dev.leat.plugins.demo.fetch;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of the public internet, after IANA's registries of special-purpose addresses. Of IPv6 only what is
 * given out as global unicast counts, so whatever carries an IPv4 address inside (mapped, compatible, NAT64, 6to4,
 * Teredo) is not public, and cannot be a way around.
 */
final class PublicAddresses {

    private static final List<Block> SPECIAL_IPV4 = blocks("0.0.0.0/8", // this network
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private
            "100.64.0.0/10", // shared by customers of a carrier
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, metadata of clouds
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "198.18.0.0/15", // benchmarks
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    private static final Block GLOBAL_IPV6 = Block.parse("2000::/3");
    private static final List<Block> SPECIAL_IPV6 = blocks("2001::/23", // protocol assignments, Teredo
            "2001:db8::/32", "3fff::/20", // documentation
            "2002::/16"); // 6to4

    private PublicAddresses() {}

    /** Whether the address is one of them. */
    static boolean contain(InetAddress address) {
        return address instanceof Inet4Address
                ? SPECIAL_IPV4.stream().noneMatch(block -> block.contains(address))
                : GLOBAL_IPV6.contains(address) && SPECIAL_IPV6.stream().noneMatch(block -> block.contains(address));
    }

    private static List<Block> blocks(String... blocks) {
        return Stream.of(blocks).map(Block::parse).toList();
    }

    /**
     * All addresses that begin with the same bits.
     *
     * @param prefix these bits, as a number
     * @param suffix how many bits follow them
     */
    private record Block(BigInteger prefix, int suffix) {

        static Block parse(String block) {
            int slash = block.indexOf('/');
            byte[] first = InetAddress.ofLiteral(block.substring(0, slash)).getAddress();
            int suffix = first.length * Byte.SIZE - Integer.parseInt(block.substring(slash + 1));
            return new Block(new BigInteger(1, first).shiftRight(suffix), suffix);
        }

        /** Of addresses of the block's own family only. */
        boolean contains(InetAddress address) {
            return new BigInteger(1, address.getAddress()).shiftRight(suffix).equals(prefix);
        }
    }
}
