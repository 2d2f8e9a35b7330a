namespace ComIm.Com.Interop;

/// <summary>The HRESULTs of COM and Automation that the base returns.</summary>
internal static class HResults
{
    public const int Ok = 0;
    public const int False = 1;
    public const int Unexpected = unchecked((int)0x8000FFFF);
    public const int NotImplemented = unchecked((int)0x80004001);
    public const int Abort = unchecked((int)0x80004004);
    public const int Fail = unchecked((int)0x80004005);
    /// <summary>E_ACCESSDENIED.</summary>
    public const int AccessDenied = unchecked((int)0x80070005);

    /// <summary>E_ILLEGAL_METHOD_CALL: not in this state.</summary>
    public const int NotNow = unchecked((int)0x8000000E);

    /// <summary>ERROR_TIMEOUT.</summary>
    public const int TimedOut = unchecked((int)0x800705B4);

    public const int InvalidArgument = unchecked((int)0x80070057);

    /// <summary>DISP_E_MEMBERNOTFOUND.</summary>
    public const int MemberNotFound = unchecked((int)0x80020003);

    /// <summary>DISP_E_PARAMNOTFOUND; also the value of an argument that was left out.</summary>
    public const int ParameterNotFound = unchecked((int)0x80020004);

    /// <summary>DISP_E_TYPEMISMATCH.</summary>
    public const int TypeMismatch = unchecked((int)0x80020005);

    /// <summary>DISP_E_UNKNOWNNAME.</summary>
    public const int UnknownName = unchecked((int)0x80020006);

    /// <summary>DISP_E_EXCEPTION: the EXCEPINFO says what happened.</summary>
    public const int Exception = unchecked((int)0x80020009);

    /// <summary>DISP_E_BADINDEX.</summary>
    public const int BadIndex = unchecked((int)0x8002000B);

    /// <summary>DISP_E_BADPARAMCOUNT.</summary>
    public const int BadParameterCount = unchecked((int)0x8002000E);

    /// <summary>DISP_E_PARAMNOTOPTIONAL.</summary>
    public const int ParameterNotOptional = unchecked((int)0x8002000F);

    /// <summary>CONNECT_E_NOCONNECTION.</summary>
    public const int NoConnection = unchecked((int)0x80040200);

    /// <summary>CONNECT_E_CANNOTCONNECT.</summary>
    public const int CannotConnect = unchecked((int)0x80040202);
}
