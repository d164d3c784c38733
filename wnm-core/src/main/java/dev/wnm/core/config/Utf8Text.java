package dev.wnm.core.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of files that people and other programs wrote. */
public final class Utf8Text {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Utf8Text() {}

  /** The bytes are no UTF-8; the message says what they are, to follow "it is". */
  public static final class NotUtf8Exception extends IOException {
    private static final long serialVersionUID = 1L;

    private NotUtf8Exception(String message) {
      super(message);
    }
  }

  /** The text of these bytes, without a byte order mark at its beginning. */
  public static String decode(byte[] bytes) throws NotUtf8Exception {
    if (isUtf16(bytes)) {
      throw new NotUtf8Exception("not UTF-8 but UTF-16, as Windows PowerShell writes it; save it as UTF-8");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new NotUtf8Exception("not UTF-8 text");
    }
  }

  /** By its byte order mark, or where there is none by the zero byte of its first character. */
  private static boolean isUtf16(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    return first == 0xff && second == 0xfe || first == 0xfe && second == 0xff || (first == 0) != (second == 0);
  }
}
