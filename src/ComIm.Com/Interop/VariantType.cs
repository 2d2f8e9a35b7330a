namespace ComIm.Com.Interop;

/// <summary>VARENUM: the types that the codec handles itself.</summary>
internal enum VariantType : ushort
{
    Empty = 0,
    Null = 1,
    Int16 = 2,
    Int32 = 3,
    Single = 4,
    Double = 5,
    Date = 7,
    String = 8,
    Dispatch = 9,
    Error = 10,
    Boolean = 11,
    Variant = 12,
    Unknown = 13,
    SByte = 16,
    Byte = 17,
    UInt16 = 18,
    UInt32 = 19,
    Int64 = 20,
    UInt64 = 21,
    Int = 22,
    UInt = 23,
    ByRef = 0x4000,
}
