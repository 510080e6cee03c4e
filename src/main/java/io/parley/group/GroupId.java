package io.parley.group;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Makes the ids of groups: the same for the same owner and client_id, so that a repeat makes no second group. */
final class GroupId {

    /** Of five bits each: 100 bits, which nobody meets by chance. */
    private static final int CHARACTERS = 20;

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private GroupId() {}

    /** Neither part has a line end in it, so no two pairs are written alike. */
    static String of(String owner, String clientId) {
        byte[] hash = sha256(owner + '\n' + clientId);
        StringBuilder id = new StringBuilder(CHARACTERS);
        for (int bit = 0; id.length() < CHARACTERS; bit += 5) {
            int twoBytes = (hash[bit / 8] & 0xff) << 8 | hash[bit / 8 + 1] & 0xff;
            id.append(ALPHABET.charAt(twoBytes >> 11 - bit % 8 & 31));
        }
        return id.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
