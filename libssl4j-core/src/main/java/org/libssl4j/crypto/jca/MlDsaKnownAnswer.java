// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.util.Base64;

/** A signature by ML-DSA-44 over {@link KnownAnswers#MESSAGE} that OpenSSL 3.5 made, with the key whose seed is 32 zeros. A class of its own, since few ever load it. */
final class MlDsaKnownAnswer {
    private MlDsaKnownAnswer() {}

    /** The public key, as subjectPublicKeyInfo. */
    static final byte[] KEY = base64("""
            MIIFMjALBglghkgBZQMEAxEDggUhALpx+fZOEbrrWPqcb7tuFOYfGGQ9q0lbR1OakWbKAZgTHET4
            JrvVbjTlXbXl4tczSF456iYPxgAMXqS6gNNFXN5TtG80SCrt/VRQ/C4bpPJdFfnBRCQvs5u1IocY
            kDDFBJjhcXt8dYsZCmdI6pqj96yq8sfLUm7XF8n3muuEIU+lzY3tkqDD+hVYgQ8SxwUKNncI0ZbN
            JOWvl0kErtjkzohy6GlrC3vKUORSzX0w6ppK2sAxHWcsa96EliQLB0MUY3CIlc2br8MWMtc5dkk4
            j9r8v30wWj3ppJXsp0M6j4O6DwslxBPG45yW631pGzTTfON/HurRzyF+Je807s8/fGD4S47f3ehA
            XU+DJXbGHvmOCi8o2hh3AJU5JPaGuUYUcFvPU9M/7dQ0jt3b3yi1Bl4fIHdQQ+hc+TH4KReTY6Gn
            50BKg47AAIawl2OG/mN8mCRHV+P3ad3URnRxv61nD5oF+CRu5Qp7Hq+H/EBpw64qogMyWBF3kvC8
            1J4IP9G8dJar/ynMlOSGiyEhTtMWUlOZphD73UqA58gHFfKVeOKoS7QL3dvZ9HoRtufaEYobZY01
            norvVetGtTdrW2VZeZhKkivuv8WbzWANUwnczXLb8Hh9uLp1e1N8Hq/VwPUOpLyVg1SeKCmkLCjK
            wkjJbXgSTEcVmxiu3XVKuhexnUMPt49jPqnSb1SpvVD42Pa3NZT4KJdufqCcU7u58RpWyVB/uJua
            XrwDejcmepX4W41kypcZKxCmb0F7P2H+nKVxMKSP2SXq4qtVAtVxyKUZA8HTmPTB92p+EXQ5dq/b
            xpfyMJSjzXYf+Whd4y4J+zwordRTSQMAvHyJ3AF4AJYHFyKUV3XyZOGwYjvPRhnHEsg4dhIF2HaR
            t17zYBlsu56bkqDUxO1iMm5QJNd1ELjuLHQmzCLq4gncnxO95r8I9ecYG9O0WUULRRpRU5pxXCHW
            fdMw61lw2wDZ7b+ygisDb6E7r+uG2Nx4hm4/jUPlPXjMpVlab6+Ia13BEvHPStz6h1gA2QtIiDr5
            cxb+FQaHP8FX5XDqy/0iKGjRQjQQGWavtr+ZQIKSU6lTraifx1a2qEn3CsuYOOafqlC7p14+icKt
            tX6G0IirmwSijmcHCRciQ+xeAAilzq8/hyL0hzAllv/XVa0bgqScNLNGlRW0aqKQzYbuOOp6m+Px
            A2EDNbUxzKMz3f4ysUUQ9LB++V/GaE6MRUqSwQ27XVnHp8Y/swX+iBln2Z5mnrYyhAWCVgu0A0Md
            QPdaSVSQhIIngpKCH06pHkLnj6SMruPINhRtz9c40RfpLpoVE30o6OaktGImUMtBNQTLOjNdRL7s
            V0bBwpSx6MuZy2CNko+M41Y2MsUh8j0TxhqPYcAd+Mlsc2DbTzxoql0v3TQqYv80WcEWOJQhq0Po
            WExFiCtQ5uTpbbbwuP3okNXb+tzYhpC0SeZCQN2yAjdH8wg2PjAap3dXFp/GFQYo1ZILWqGrHIy/
            RMsA4CXXh51ytHnjr1MRx4VyVZDanIm5/DuEUHaVVOtE0gProruu+crSI3ARwupE7/APKZpI/+KM
            qT3fhfdmCCQu+NbMJGEKHiB4/KxPk4XDFJBeyqguVTkW2U0afB7GUqoIiXCD2qLrsXdfvEca4nd3
            15BOqfG5K8rD2KMVhCYIe2RbEQjw1l/sk3icBTdDyhT9Y9BemLZS3yucL/nOBfGUBwP/snP4Dg4n
            Muyplg2YG0z9O3u4BFs8ODBUa53Y2w0=
            """);

    static final byte[] SIGNATURE = base64("""
            pDWoTF62ERCUoSNyCLD3qOBoCnQJGX/iMqIXsxbgzxbIDBWHJzoEleqGMLqYyq7Eb6dhazQBDnA0
            fiW3MrnVhmWrqzJ2HQ+kM3EKrmu6/Ri5/qG/UC+LmX9AulvIn+2C2ZKeABn3ZZ+3/rpLSO0e6io0
            CRd5qDLfAJopxULNRSoygJN378nXqHYW9NSQTUiGbj4Z4Ya4cBfbiP7oUT+NR21IXLKg+MqqZOtW
            AwepOgTEfF3uQmI2iAXaM4YQdRf9E0fPpD3Xk4UsKpApFD8HbCb7UgABCP2JsjDEq3mvU3h0dwsx
            yycNaeyC7ISdaHxtlxhwL5ftfFHNyI8n4kQp/r4DRm0HfJObZ7VY4rciV0eWMjT+m/mdFpFP9f1I
            YZo4Mz5O+Vv8foNn/Nn1YRk1agqmFLT5UXPxZMrO7JCVzjZEmE6JwpcQvgW5t47uIgJV9LJ0sG/+
            NdfwZt0wYhdy6DOdOyijrhcN/GsoaMbCJ1HGsinke8yZ5VznmHlmQXfVX/fICGLE1o6/mq9YcshW
            aQHFMvSpQ5bV0qy0d5/uh8UdS7iqYF1cy3o3JwqbaVs2ExcePZG7Ki/TcoREPbU4UemvpRfktBD6
            kRp/RkA6oXrIPPhAP6aU44QJ+2HuArTnBixja9i/HNMruydItz8sVfLzWg+YmneANdUJBxE4CKEF
            PcgpgLXe0cHVUOQM1puhunXypfTuL1qHTSYtpdBM4rgyuishKACWLDt5WH8gmhdjP/gSjnXKX6Lb
            KUevmwPQpPsDn6PmwBCdG410jHywj/kO5lFoGIalZgGQBySHkO5TWM/YRI5Ie/Fyv//HWxZxS1+L
            A5S6Xu1g+VXPqLZduQVLbWzUbNthfKn8S8R0GLWDEQ2SBqjn2+tQDN/IObaoxFsbhMAexGGDfwAt
            qo5xupU8i6s25D3HC+gezK77q2m/K2sBVYXUJA0JkRcF6VfWVR++liHku/G7PEJFys4Z7p4hQ7OL
            7KdTU3fwnfdjUstWFc2AqyIGioR4mJulKp3ZfMqkSsv6aJqMK1pl/bd8x8zB7hs+EwkUbSC2W/u/
            744oTVrz20t4pSrEOAZTnHai4m8DlFJBHN4878wEUext58DQsloRAdrIX51BcvYNBiGRITZ+86ak
            SAx1CagxGTbnf3Rkh5k4bYqyx2OeHu/Z3p4XOrv2mFkw07PhaVZajtSN+T8sUEH8+0RdkCSuW82U
            NQiG75XTSZkzHbI7NLAHwveuexM3Dl+oQKmXK+akq3aNtNu7vziBXwku5eEhcjev+3RrziRyHurH
            eAD706V/DulCqHXbcIm5gYB8r/xsiEOxPXXYChmPTNtWr1IUosNkVMez/6PM30T1Wj+6sN0Fjfwl
            XNCId/PxAeBPV5P5UiqxZ2zaGonNUMYnobHiiOOIL/r0YtYPAsUHp1RZ18BAMHvCcQh5aqA5dXfe
            Y9trehvNTl/ty/34GYpoIqEWdh1Jf0Umb2cVh49rRABRtQaTJ3vf9Bk9ePMryxNCzVceO8f0G0u6
            WPD6vf9QLeG5plHrD8YvJAz9ShwOFf5YqQbG1IkNQufFq3+8Ff1opQFxRnhjM9C3KCcYcxDo8F6M
            e4/3DFS9HenpQCOs9rQUzj6d0J7OmulKsSYcRU8n9RRPw37xWZHXyEQnQ5KZ8gqVED+5YZqwoUOk
            AkMlhDOqXo/2gUUphvMvy0JW+miWgDb6yuHbynDPxgdiRAkZGn5pbW9UxyIxSpYZyof1/LMf4A5p
            bg+oQgeIJ2W6+3fxMz4ZTAjQPr4iztPdAAGYhOBbDtwTMGPESm/mp7QCTJ7VsOJMugSRTspVKS/i
            8XVlAI2VqxXf2oDF8ik9fQWQLcHCGj3mgS42eTqyATO8pgNUiFj8tlDKIsQaxes81dhDsR2R9j5r
            FQxSRuR9lgGw93P4nuuh53gtM906BorE+FqlHReglT7AVnAUy1e2RZYcIIDlqUYQt9KSGP6BTFWJ
            2qyaiUI2RmhgxwS1+KyaN/daPknBoMvcG4ucQ+XWdLsYSSdz0hRv2aJBDXYTKPVC1Hc0t+Bs0nQ/
            vc5J0jWLUURvnac1+T7+VEj3y83wuh0owwqZ+mDcogQcHvDV/TAL1CI9kt1ZVPpvZ1NEojqYnG3p
            L9LXxioTZ/kLgAnun78U+tFoXa6aRSw4X1ujmuQwNDXd8rg5ZxASxE5/Rd833z2wjxVKXSNDJV/y
            c2Em9YTOTRAH1nA2/gBUYucqjaQLNPz0jyOojF/EczDYFwzqja8QmYyJGMA2XvqSlfy7JqKzmXet
            NBOZLimJJNnqSO9/hYRi8hk2EWCpCbkHyqRca2Ap2kVAX2p7B7Furj6p5YWvns3ojqzS2N0AX0g7
            xS62nH2x+PSdX9oXS5JuOVc0q4NSzdx8iIjSLaa+DfZpk9j7iPVut0GVx7dLbSMrFwqY7NBQ4WVX
            4v+w9tpmGd2k4T+rekY9lg9SGirPA8FfDw53GeyE5bt3Jdl8V+MQa0ehqNT6VaqEahm187871wil
            pHGQNHQZN5gUuzciVqRXqJbur3YVGa1fI35j7mY/N9eO/VLZyYkB8NKvO2lnMXVryE+gCaztrDJg
            Dkf/iSQ6rSR84fa+LPLJXHz/+MKT3max4cDSZt9n3+18JgY6d/v9RZwS5QRKnE+QFik9kimYnNuW
            l8A5HH1e0h7Wi6m7pH0rZMUT0nrD7SS+G5I93IuCSUMLSrIbJk/97zL2Dppl0icQCgFws3wvTb0k
            08S2mUInGP3V5NCwMTRRkMLuDLnGY1HwYYnno3JCUxq/OZuN3nw2Lb38twNCaa5J/OTYCkJCZAKQ
            Eg1/tLEI1k4jqjVj9J6oa/FfCr3UOa4I9L6wfrGNVxJWl0QQV/GD5N4BAuJkLBkya6u1BjKYcIV0
            IImiR8GMHTFVIgB/Sj99a+1VlzWlVKCW5mXURN9P326i07wS7ovUoH9woU2Qk4WLmB1d3nNdfgOR
            0j5QxKQBb7y7HMoqmUWFbTgAjqtA9MwdJx+yjJt07/sTX9oGQ/nLhg/zrOKHMIuaRY+e8P2K+pVj
            Aw5e2+NBungcBNlYZUSUn2KMfDww6MlbRO5Xsdjp6sCxUSeUX4er5DYg3IjHT1YcX5M2+FEAFtUJ
            Dx8wTk9TVH2AlqewtMzgHUBWX3J6lJeZp6j3FR9PVld2j62yuMXNVWxwfoCGkJWnqMvP19z5+v4A
            AAAAAAAAAAAAAAAAAAAAAAAAAAAAABAcKDk=
            """);

    private static byte[] base64(String s) {
        return Base64.getMimeDecoder().decode(s);
    }
}
