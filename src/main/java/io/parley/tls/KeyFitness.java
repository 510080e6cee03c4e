package io.parley.tls;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.List;

/**
 * Which keys both TLS engines can serve. Vert.x loads others too, and then every single handshake fails (measured: EC
 * on secp256k1 and brainpoolP256r1, RSA of 512 bits; OpenSSL and JDK engine alike).
 */
final class KeyFitness {

    private static final List<String> CURVES = List.of("secp256r1", "secp384r1", "secp521r1");

    /** What public authorities ask for at least (CA/Browser Forum baseline requirements, 6.1.5). */
    private static final int MIN_RSA_BITS = 2048;

    private KeyFitness() {}

    static boolean isFit(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= MIN_RSA_BITS;
        }
        return key instanceof ECPublicKey ec && CURVES.stream().anyMatch(curve -> isOn(curve, ec));
    }

    private static boolean isOn(String curve, ECPublicKey key) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            return key.getParams()
                    .getCurve()
                    .equals(parameters.getParameterSpec(ECParameterSpec.class).getCurve());
        } catch (GeneralSecurityException unknownHere) {
            return false;
        }
    }
}
