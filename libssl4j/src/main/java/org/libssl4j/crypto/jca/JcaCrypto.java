package org.libssl4j.crypto.jca;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.*;
import java.security.cert.*;
import java.security.interfaces.*;
import java.security.spec.*;
import java.util.*;
import javax.crypto.*;
import javax.crypto.spec.*;
import org.libssl4j.crypto.*;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.fault.*;
import org.libssl4j.iana.*;
public class JcaCrypto implements Crypto {
  static final JcaCrypto I = new JcaCrypto();
  public static JcaCrypto of(CryptoPolicy p) { return I; }
  final SecureRandom rnd = new SecureRandom();
  record H(MessageDigest d) implements Hash {
    public void update(byte[] b,int o,int l){d.update(b,o,l);} public byte[] digest(){return d.digest();}
    public Hash copy(){try{return new H((MessageDigest)d.clone());}catch(Exception e){throw new IllegalStateException(e);}} public int length(){return d.getDigestLength();} }
  record M(Mac m) implements Hmac {
    public void init(Secret k){try{m.init(k.length()==0?new SecretKeySpec(new byte[1],"x"):k);}catch(Exception e){throw new IllegalStateException(e);}}
    public void update(byte[] b,int o,int l){m.update(b,o,l);} public void doFinal(byte[] b,int o){try{m.doFinal(b,o);}catch(Exception e){throw new IllegalStateException(e);}} public int length(){return m.getMacLength();} }
  static class A implements Aead { Cipher c; SecretKey k; boolean gcm;
    A(boolean g, Secret s){gcm=g;try{c=Cipher.getInstance(g?"AES/GCM/NoPadding":"ChaCha20-Poly1305");k=new SecretKeySpec(s.getEncoded(),g?"AES":"ChaCha20");}catch(Exception e){throw new IllegalStateException(e);}}
    AlgorithmParameterSpec p(byte[] n){return gcm?new GCMParameterSpec(128,n):new IvParameterSpec(n);}
    public int seal(byte[] n,byte[] a,int ao,int al,byte[] in,int io,int il,byte[] out,int oo){try{c.init(1,k,p(n));c.updateAAD(a,ao,al);return c.doFinal(in,io,il,out,oo);}catch(Exception e){throw new IllegalStateException(e);}}
    public int open(byte[] n,byte[] a,int ao,int al,byte[] in,int io,int il,byte[] out,int oo){try{c.init(2,k,p(n));c.updateAAD(a,ao,al);return c.doFinal(in,io,il,out,oo);}catch(AEADBadTagException e){return -1;}catch(Exception e){throw new IllegalStateException(e);}}
    public int tagLength(){return 16;} public void close(){} }
  public Hash hash(HashAlgorithm a){try{return new H(MessageDigest.getInstance(a.jcaName()));}catch(Exception e){throw new IllegalStateException(e);}}
  public Hmac hmac(HashAlgorithm a){try{return new M(Mac.getInstance(a.hmacName()));}catch(Exception e){throw new IllegalStateException(e);}}
  public Aead aead(AeadAlgorithm a, Secret k){return new A(a!=AeadAlgorithm.CHACHA20_POLY1305,k);}
  public boolean supports(AeadAlgorithm a){return true;}
  public boolean supports(NamedGroup g){return g==NamedGroup.X25519||g==NamedGroup.SECP256R1;}
  public boolean supports(SignatureScheme s){return s.hash()!=null;}
  static TlsException bad(String s){return new TlsException(AlertDescription.ILLEGAL_PARAMETER,Reason.BAD_KEY_SHARE,s);}
  static byte[] rev(byte[] b){byte[] r=new byte[b.length];for(int i=0;i<b.length;i++)r[i]=b[b.length-1-i];return r;}
  static byte[] fix(BigInteger v){byte[] b=v.toByteArray();byte[] r=new byte[32];int n=Math.min(32,b.length);System.arraycopy(b,b.length-n,r,32-n,n);return r;}
  class Ex implements KeyExchange { final NamedGroup g; final KeyPair kp; Ex(NamedGroup g){this.g=g;try{KeyPairGenerator k=KeyPairGenerator.getInstance(g==NamedGroup.X25519?"X25519":"EC");if(g!=NamedGroup.X25519)k.initialize(new ECGenParameterSpec("secp256r1"));kp=k.generateKeyPair();}catch(Exception e){throw new IllegalStateException(e);}}
    public byte[] share(){ if(g==NamedGroup.X25519)return rev(fix(((XECPublicKey)kp.getPublic()).getU())); ECPoint w=((ECPublicKey)kp.getPublic()).getW();byte[] r=new byte[65];r[0]=4;System.arraycopy(fix(w.getAffineX()),0,r,1,32);System.arraycopy(fix(w.getAffineY()),0,r,33,32);return r;}
    public Secret finish(byte[] p) throws TlsException { try { if(p.length!=g.clientShareLength())throw bad("length "+p.length); PublicKey pk; String alg;
      if(g==NamedGroup.X25519){byte[] r=rev(p);r[0]&=0x7f;pk=KeyFactory.getInstance("X25519").generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519,new BigInteger(1,r)));alg="X25519";}
      else{ ECPoint w=new ECPoint(new BigInteger(1,Arrays.copyOfRange(p,1,33)),new BigInteger(1,Arrays.copyOfRange(p,33,65)));ECParameterSpec ps=((ECPublicKey)kp.getPublic()).getParams();EllipticCurve cv=ps.getCurve();BigInteger q=((ECFieldFp)cv.getField()).getP();
        if(!w.getAffineY().pow(2).subtract(w.getAffineX().pow(3)).subtract(cv.getA().multiply(w.getAffineX())).subtract(cv.getB()).mod(q).equals(BigInteger.ZERO)) throw bad("off curve");
        pk=KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w,ps));alg="ECDH";}
      KeyAgreement ka=KeyAgreement.getInstance(alg);ka.init(kp.getPrivate());ka.doPhase(pk,true);return Secret.of(ka.generateSecret()); } catch(TlsException e){throw e;} catch(Exception e){throw bad(e.toString());} }
    public void close(){} }
  public KeyExchange.Factory keyExchange(NamedGroup g){return new KeyExchange.Factory(){public KeyExchange start(){return new Ex(g);} public KeyExchange.Answer answer(byte[] p)throws TlsException{Ex e=new Ex(g);return new KeyExchange.Answer(e.share(),e.finish(p));}};}
  static Signature sig(SignatureScheme s)throws Exception{ String h=s.hash().jcaName().replace("-",""); if(s.isPss()){Signature g=Signature.getInstance("RSASSA-PSS");g.setParameter(new PSSParameterSpec(s.hash().jcaName(),"MGF1",new MGF1ParameterSpec(s.hash().jcaName()),s.hash().length(),1));return g;} return Signature.getInstance(h+"with"+(s.keyType().equals("EC")?"ECDSA":"RSA"));}
  public byte[] sign(PrivateKey k, SignatureScheme s, byte[] in) throws TlsException {try{Signature g=sig(s);g.initSign(k);g.update(in);return g.sign();}catch(Exception e){throw new TlsException(AlertDescription.INTERNAL_ERROR,Reason.INTERNAL_ERROR,e.toString(),e);}}
  public boolean verify(PublicKey k, SignatureScheme s, byte[] in, byte[] sg){try{Signature g=sig(s);g.initVerify(k);g.update(in);return g.verify(sg);}catch(Exception e){return false;}}
  public void random(byte[] o){rnd.nextBytes(o);}
  public EncodedCertificate certificate(byte[] der){ X509Certificate[] c={null}; try{c[0]=(X509Certificate)CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));}catch(Exception e){}
    return new EncodedCertificate(){public byte[] der(){return der;}public PublicKey publicKey(){return c[0].getPublicKey();}public String keyType(){return c[0].getPublicKey().getAlgorithm();}public X509Certificate x509(){return c[0];}};}
}
