namespace ComIm.TestKit;

/// <summary>What a <see cref="HostileServer"/> does to those who connect.</summary>
public enum HostileStream
{
    /// <summary>It takes connections and says nothing; over TLS not even hello.</summary>
    Silent,

    /// <summary>It closes each connection at once.</summary>
    Closing,

    /// <summary>It sends random bytes, and goes on as long as anybody takes them.</summary>
    Random,

    /// <summary>It is a web server.</summary>
    Web,

    /// <summary>It begins a response whose head has no end.</summary>
    EndlessHead,

    /// <summary>It announces a body of two gigabytes, and sends it.</summary>
    HugeBody,

    /// <summary>It sends a response byte by byte, slower than anybody waits.</summary>
    Dripping,
}
